// Small helps on top of pages that work without them.

const TYPING = "input, select, textarea, [contenteditable]";

function focusSearch(event) {
  const search = document.querySelector("[data-search], main input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
  if (event.key === "/") focusSearch(event);
  if (event.key === "?") document.getElementById("shortcuts")?.showModal();
});

// Grade tables: Enter or arrow down goes to the same column in the next row, arrow up to the one before.
function moveInGrid(event) {
  const field = event.target.closest("[data-grid] input, [data-grid] select");
  const steps = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (!field || !step || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key !== "Enter" && field.matches("[type=date], [type=number], [type=radio]")) return;
  const column = field.closest("td, th").cellIndex;
  let row = field.closest("tr");
  do {
    row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    const next = row?.cells[column]?.querySelector("input:not([type=hidden]), select");
    if (next && !next.disabled) {
      event.preventDefault();
      next.focus();
      next.select?.();
      return;
    }
  } while (row);
  if (event.key === "Enter") event.preventDefault();
}
document.addEventListener("keydown", moveInGrid);

// Warn before leaving a form with data-guard that has unsaved changes.
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  for (const form of changed) {
    if (form.isConnected && "guard" in form.dataset) event.preventDefault();
  }
});

// "Choose all" in a table with rows to choose.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-choose-all]")) return;
  for (const box of event.target.closest("table").querySelectorAll("tbody input[type=checkbox]")) {
    if (!box.disabled) box.checked = event.target.checked;
  }
});

// Light or dark: kept in a cookie that the server reads, so that the next page begins in the right one.
for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  });
}
