// Runs in the page: what a visitor's eye would stumble over, one line each. `measures`: { touch, reach, dock }.
(measures) => {
  const faults = new Set();
  const root = document.documentElement;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen, svg");
  const named = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join(".")}`;
  const style = (element) => getComputedStyle(element);

  /** Whatever cuts off what stands in `element`: [box, sideways, downwards]. What scrolls shows it sooner or later. */
  const holders = new Map();
  const holding = (element) => {
    if (!element) return [];
    if (!holders.has(element)) {
      const { overflowX, overflowY, position } = style(element);
      const scrolls = ["auto", "scroll"].includes(overflowY);
      const above = position === "fixed" ? [] : holding(element.parentElement).map(([one, x, y]) => [one, x, y && !scrolls]);
      const own = [element, overflowX !== "visible", overflowY !== "visible" && !scrolls];
      holders.set(element, own[1] || own[2] ? [own, ...above] : above);
    }
    return holders.get(element);
  };

  const inside = (node, range, text) => {
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
    for (const rect of rects) {
      if (rect.left < -1 || rect.right > innerWidth + 1) faults.add(`beyond the screen: "${text}"`);
      for (const [holder, x, y] of holding(node.parentElement)) {
        const box = holder.getBoundingClientRect();
        const slack = 0.12 * rect.height; // a line's box is taller than its letters
        if (x && (rect.left < box.left - 1 || rect.right > box.right + 1)) faults.add(`cut at the side by ${named(holder)}: "${text}"`);
        if (y && (rect.top < box.top - slack || rect.bottom > box.bottom + slack)) faults.add(`cut below by ${named(holder)}: "${text}"`);
      }
      const control = node.parentElement.closest("button, a[href], summary, .badge, .panel, .note, .ticket, .crow");
      const box = control?.getBoundingClientRect();
      if (box && style(control).display !== "inline" && (rect.left < box.left - 1 || rect.right > box.right + 1)) {
        faults.add(`sticks out of ${named(control)}: "${text}"`);
      }
    }
    return rects;
  };

  const LONGEST = 24; // longer ones are addresses
  const broken = (node, range) => {
    for (const { 0: word, index } of node.data.matchAll(/\p{L}{3,}/gu)) {
      if (word.length > LONGEST || /[@/.]\S*$/.test(node.data.slice(0, index)) || /^\S*[@/]/.test(node.data.slice(index))) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top)));
      if (lines.size > 1) faults.add(`broken word: "${word}"`);
    }
  };

  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.data.trim() || !shown(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    if (inside(node, range, node.data.trim().slice(0, 40)).length > 1) broken(node, range);
  }

  if (root.scrollWidth > innerWidth + 1) faults.add(`the page is ${root.scrollWidth} wide`);
  const main = document.querySelector("main").getBoundingClientRect();
  const dock = document.querySelector(".dock")?.getBoundingClientRect();
  if (dock && measures.dock && main.bottom > dock.top + 1) faults.add("the dock covers the page");
  if (dock && measures.dock && dock.bottom > innerHeight + 1) faults.add("the dock is cut off");

  const millimetre = document.createElement("i");
  millimetre.style.cssText = "position:fixed;width:calc(var(--mm) * 100)";
  document.body.append(millimetre);
  const mm = millimetre.getBoundingClientRect().width / 100;
  millimetre.remove();
  const above = Number(style(root).getPropertyValue("--above-reach")) * mm;
  for (const control of document.querySelectorAll("button, a[href], summary, input, select")) {
    if (!shown(control)) continue;
    const box = (control.closest(".search-field") && control.tagName === "INPUT" ? control.closest(".search-field") : control).getBoundingClientRect();
    const least = measures.touch * mm - 0.6;
    if (box.height < least || box.width < least) {
      faults.add(`small: ${named(control)} "${control.textContent.trim().slice(0, 20)}" ${(box.width / mm).toFixed(1)} x ${(box.height / mm).toFixed(1)} mm`);
    }
    const hit = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + 2);
    if (measures.reach && box.top < above - 1 && box.bottom > 0 && control.contains(hit)) {
      faults.add(`out of reach: ${named(control)} "${control.textContent.trim().slice(0, 20)}"`);
    }
  }
  return [...faults];
}
