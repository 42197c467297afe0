// Search over the site's own index: no request, no library, and nothing of it becomes markup.
(() => {
  "use strict";
  const MOST = 12;
  const AROUND = 60;
  const place = document.querySelector("[data-search]");
  const index = window.siteIndex || [];
  if (!place || !index.length) return;

  const words = (text) => text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const entries = index.map(([title, part, url, text]) => ({
    title, part, url, text,
    fields: [[words(title), 8], [words(part), 4], [words(text), 1]],
  }));

  // Every word that was typed has to begin a word somewhere; where, decides the order.
  const score = (entry, asked) => {
    let sum = 0;
    for (const word of asked) {
      let best = 0;
      for (const [known, weight] of entry.fields) {
        if (known.includes(word)) best = Math.max(best, weight * 2);
        else if (known.some((one) => one.startsWith(word))) best = Math.max(best, weight);
      }
      if (!best) return 0;
      sum += best;
    }
    return sum;
  };

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  const excerpt = (entry, asked) => {
    const at = entry.text.toLowerCase().search(new RegExp(`(?<![\\p{L}\\p{N}])${asked[0]}`, "u"));
    const from = at < AROUND ? 0 : entry.text.indexOf(" ", at - AROUND / 2) + 1;
    const rest = entry.text.slice(from);
    const end = rest.length > 2 * AROUND ? rest.lastIndexOf(" ", 2 * AROUND) : rest.length;
    return (from ? "… " : "") + rest.slice(0, end).trim() + (end < rest.length ? " …" : "");
  };

  const field = element("input");
  field.type = "search";
  field.placeholder = "Search  /";
  field.autocomplete = "off";
  field.setAttribute("aria-label", "Search guides and operations");
  field.setAttribute("aria-controls", "found");
  const list = element("ol");
  list.id = "found";
  list.hidden = true;
  const status = element("p", "", "unseen");
  status.setAttribute("role", "status");
  place.append(field, list, status);

  const show = () => {
    const asked = words(field.value);
    list.replaceChildren();
    list.hidden = !asked.length;
    status.textContent = "";
    if (!asked.length) return;
    const found = entries
      .map((entry) => [score(entry, asked), entry])
      .filter(([points]) => points)
      .sort((one, other) => other[0] - one[0])
      .slice(0, MOST);
    for (const [, entry] of found) {
      const link = element("a");
      link.href = entry.url;
      link.append(element("b", entry.title), element("small", entry.part), element("span", excerpt(entry, asked)));
      const item = element("li");
      item.append(link);
      list.append(item);
    }
    if (!found.length) list.append(element("li", "Nothing found.", "none"));
    status.textContent = found.length ? `${found.length} found` : "Nothing found";
  };

  const links = () => [...list.querySelectorAll("a")];
  field.addEventListener("input", show);
  place.addEventListener("keydown", (event) => {
    const all = [field, ...links()];
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      field.value = "";
      show();
      field.focus();
    } else if (event.key === "Enter" && document.activeElement === field) {
      links()[0]?.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      all[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), all.length - 1)].focus();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
  });
  document.addEventListener("click", (event) => {
    if (!place.contains(event.target)) list.hidden = true;
  });
  field.addEventListener("focus", () => { if (field.value) list.hidden = false; });
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) show();
})();
