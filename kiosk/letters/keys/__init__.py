"""The keys of the office: the offline root, the keys of the node, certificates."""
