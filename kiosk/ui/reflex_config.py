"""Reflex settings: one origin, nothing leaves the machine, state lives in memory and holds nothing that matters."""

import os
from pathlib import Path
from typing import Any

import reflex as rx
from reflex.plugins import Plugin
from reflex_base.constants import StateManagerMode

from kiosk.ui.any_host import serve_any_host
from kiosk.ui.csp import write_csp
from kiosk.ui.pwa import write_scripts

BAKED_ADDRESS = "http://localhost:8000"  # replaced after the build, see any_host


class OfficeBuild(Plugin):
    """What happens to the exported folder before it is served."""

    def post_build(self, **context: Any) -> None:
        """Make the export serve any host, live without the node, and tell which inline scripts are its own."""
        static_dir = Path(context["static_dir"])
        serve_any_host(static_dir)
        write_scripts(static_dir)
        write_csp(static_dir, static_dir.parent / "csp.json")


config = rx.Config(
    app_name="kiosk",
    frontend_port=8000,
    backend_port=8000,
    api_url=BAKED_ADDRESS,
    deploy_url=BAKED_ADDRESS,
    cors_allowed_origins=tuple(os.environ.get("KIOSK_ORIGINS", BAKED_ADDRESS).split(",")),
    telemetry_enabled=False,
    show_built_with_reflex=False,
    react_strict_mode=False,
    default_color_mode="light",
    state_manager_mode=StateManagerMode.MEMORY,
    plugins=[OfficeBuild()],  # no Tailwind: the style sheets in assets/css are plain, and half as large
    disable_plugins=[rx.plugins.SitemapPlugin],
)
