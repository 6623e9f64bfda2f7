// The entry of a mark, shown beside it on hover and focus. The page works without this.
const card = Object.assign(document.createElement("div"), { className: "card", hidden: true });
card.setAttribute("role", "status");
document.body.append(card);
const entry = (mark) => {
  const name = mark && (mark.dataset.ref || mark.getAttribute("href").slice(1));
  return name ? document.getElementById(name) : null;
};
function show(event) {
  const mark = event.target.closest("article [href^='#'], article [data-ref]");
  const found = entry(mark);
  document.querySelectorAll("li.at").forEach((one) => one.classList.remove("at"));
  card.hidden = !found;
  if (!found) return;
  found.classList.add("at");
  card.replaceChildren(...[...found.childNodes].map((node) => node.cloneNode(true)));
  const box = mark.getBoundingClientRect();
  card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - card.offsetWidth - 8)) + scrollX}px`;
  card.style.top = `${box.bottom + scrollY + 8}px`;
}
document.addEventListener("mouseover", show);
document.addEventListener("focusin", show);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") card.hidden = true; });
