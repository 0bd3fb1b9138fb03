// The page that waits for BankID: keeps the QR code moving and says how far it has come. Without this, it is reloaded.

const box = document.querySelector("[data-bankid]");
const text = box?.querySelector("[role=status]");
const code = box?.querySelector(".bankid__qr");
const finish = box?.querySelector("[data-bankid-finish]");
const codeAddress = code?.src;

function moveCode() {
  if (code && !code.hidden) code.src = `${codeAddress}?${Date.now()}`;
}

async function ask() {
  let found;
  try {
    found = await (await fetch(box.dataset.bankid, { headers: { Accept: "application/json" } })).json();
  } catch {
    setTimeout(ask, 2000);
    return;
  }
  if (found.text && text.textContent !== found.text) text.textContent = found.text;
  if (code) code.hidden = !found.qr;
  if (found.status === "complete") finish.submit();
  else if (found.status === "pending") setTimeout(ask, 2000);
  else location.reload();
}

if (box?.dataset.status === "complete") finish.submit();
if (box?.dataset.status === "pending") {
  setInterval(moveCode, 1000);
  setTimeout(ask, 1000);
}
