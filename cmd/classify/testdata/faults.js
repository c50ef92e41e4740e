// What can be seen to be wrong with a page: returns a list of sentences.
(() => {
  const faults = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`the page is ${wide} px wider than the window`);
  if (innerWidth > 1000)
    for (const e of document.querySelectorAll(".wide"))
      if (e.scrollWidth > e.clientWidth) faults.push(`the table "${e.textContent.trim().slice(0, 20)}" is ${e.scrollWidth - e.clientWidth} px wider than the page`);
  if (document.scripts.length) faults.push("the page has a script");

  const closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach(d => d.open = true);

  // Letters of a chart that lie on each other or outside it.
  for (const svg of document.querySelectorAll(".chart > svg")) {
    const box = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map(t => [t.textContent, t.getBoundingClientRect()]);
    texts.forEach(([a, r], i) => {
      if (r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 1 || r.top < box.top - 1)
        faults.push(`"${a}" leaves the chart "${svg.getAttribute("aria-label")}"`);
      for (const [b, s] of texts.slice(i + 1))
        if (r.left < s.right && s.left < r.right && r.top < s.bottom - 2 && s.top < r.bottom - 2)
          faults.push(`"${a}" and "${b}" overlap in "${svg.getAttribute("aria-label")}"`);
      if (r.height < 10) faults.push(`"${a}" is only ${r.height.toFixed(1)} px high`);
    });
  }

  // Contrast, as the Web Content Accessibility Guidelines 2.2 reckon it: text
  // wants 4.5 to 1.
  const rgb = s => (s.match(/[\d.]+/g) || []).map(Number);
  const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest("title") || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(rgb(e instanceof SVGElement ? style.fill : style.color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(`contrast ${ratio.toFixed(2)} of <${e.tagName.toLowerCase()} class="${e.getAttribute("class") || ""}">`);
  }
  faults.push(...poor);

  // Text cut off by its own box.
  for (const e of document.querySelectorAll("h1, h2, p, li, dd, dt, summary, figcaption"))
    if (e.scrollWidth > e.clientWidth + 4 && getComputedStyle(e).display !== "inline" && e.clientWidth > 0)
      faults.push(`<${e.tagName.toLowerCase()}> "${e.textContent.trim().slice(0, 40)}" is cut off: ${e.scrollWidth} px in ${e.clientWidth}`);
  closed.forEach(d => d.open = false);
  return faults;
})()
