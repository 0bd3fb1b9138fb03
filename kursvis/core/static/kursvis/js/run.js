// The page of a bulk run: keeps the progress bar moving, and loads the page anew when the run comes to its next state.

const box = document.querySelector("[data-run]");
const bar = box?.querySelector("progress");
const text = box?.querySelector("[data-run-text]");

async function ask() {
  try {
    const answer = await fetch(box.dataset.run, { headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.ok) return location.reload();
    const found = await answer.json();
    if (found.status !== box.dataset.status) return location.reload();
    bar.max = found.total;
    bar.value = found.done;
    text.textContent = found.text;
  } catch {
    // The network is away for a moment: ask again.
  }
  setTimeout(ask, 1000);
}

if (box) setTimeout(ask, 500);
