// Warns before the session has rested for too long, and keeps what is written in guarded forms (ADR 11).
// The server decides: it is asked before anything is said to have ended, so that another tab can have gone on.

const box = document.getElementById("idle");
const { user, path, session, extend, keep, giveBack, ended } = box.dataset;
const WARNED_BEFORE = Number(box.dataset.warn) * 1000;
const TOLD_EVERY = 60_000;
const ASKED_EVERY = 10_000;
const NOT_KEPT = ["password", "file", "hidden", "submit", "button", "reset", "image"];

const written = new Set();
let token = box.querySelector("[name=csrfmiddlewaretoken]").value;
let endsAt = Date.now() + Number(box.dataset.secondsLeft) * 1000;
let told = Date.now();
let asked = 0;
let tried = 0;
let isActive = false;
let isEnding = false;
let isBusy = false;

async function ask(address, fields) {
  const options = { cache: "no-store", headers: { Accept: "application/json", "X-CSRFToken": token } };
  if (fields) Object.assign(options, { method: "POST", body: new URLSearchParams(fields) });
  try {
    const answer = await fetch(address, options);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function learn(state) {
  if (!state) return;
  token = state.token;
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  if (state.user && state.user !== user) return leave("/");
  endsAt = Date.now() + state.seconds_left * 1000;
  if (left() > WARNED_BEFORE && box.open) box.close();
}

const left = () => endsAt - Date.now();

// What is written

const guarded = () => [...document.querySelectorAll("form[data-guard]")];
const fillable = (form) => [...form.elements].filter((field) => field.name && !field.disabled && !NOT_KEPT.includes(field.type));

function typed(form) {
  return fillable(form).flatMap((field) => {
    if (["checkbox", "radio"].includes(field.type) && !field.checked) return [];
    if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => [field.name, option.value]);
    return [[field.name, field.value]];
  });
}

function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of fillable(form)) {
    const given = values.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = given.includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = given.includes(option.value);
    else if (given.length) field.value = given.shift();
  }
  for (const kind of ["input", "change"]) form.elements[0]?.dispatchEvent(new Event(kind, { bubbles: true }));
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) written.add(form);
  });
}
document.addEventListener("submit", (event) => written.delete(event.target));
for (const form of guarded()) if (form.querySelector("[aria-invalid=true]")) written.add(form);

async function fillInAgain() {
  const kept = await ask(giveBack, { path });
  if (!kept) return;
  const forms = guarded();
  kept.forms.forEach((fields, place) => fields.length && forms[place] && fill(forms[place], fields));
  const notice = document.getElementById("given-back");
  if (kept.forms.length && notice) notice.hidden = false;
}

// The end, and the warning before it

function leave(address) {
  for (const form of guarded()) delete form.dataset.guard;
  location.replace(address);
}

async function end() {
  isEnding = true;
  const page = document.querySelector(".page");
  page.hidden = true;
  const forms = guarded().map((form) => (written.has(form) ? typed(form) : []));
  if (forms.some((fields) => fields.length)) {
    const state = await ask(keep, { path, forms: JSON.stringify(forms) });
    learn(state);
    if (!state || left() > 0) {
      isEnding = false;
      page.hidden = left() <= 0;
      return;
    }
  }
  leave(`${ended}?${new URLSearchParams({ next: path })}`);
}

function warn() {
  const seconds = Math.max(0, Math.ceil(left() / 1000));
  const text = seconds >= 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${seconds} s`;
  box.querySelector("[data-left]").textContent = text;
  if (!box.open) box.showModal();
  const said = box.querySelector("[role=status]");
  if ([60, 30, 10].includes(seconds)) said.textContent = text;
}

async function goOn() {
  isActive = false;
  told = Date.now();
  learn(await ask(extend, {}));
}

async function look() {
  const now = Date.now();
  if (left() <= 0) {
    if (now - tried < ASKED_EVERY) return;
    tried = now;
    learn(await ask(session));
    if (left() <= 0) await end();
  } else if (left() <= WARNED_BEFORE) {
    if (now - asked >= ASKED_EVERY) {
      asked = now;
      learn(await ask(session));
    }
    if (left() <= WARNED_BEFORE) warn();
  } else if (isActive && now - told >= TOLD_EVERY) {
    await goOn();
  }
}

async function lookOnce() {
  if (isBusy || isEnding) return;
  isBusy = true;
  await look();
  isBusy = false;
}

for (const kind of ["keydown", "pointerdown", "input"]) {
  document.addEventListener(kind, () => { if (!box.open) isActive = true; }, { capture: true, passive: true });
}
box.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  goOn();
});
box.addEventListener("cancel", (event) => {
  event.preventDefault();
  goOn();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) ask(session).then(learn).then(lookOnce);
});
document.addEventListener("visibilitychange", lookOnce);
setInterval(lookOnce, 1000);
if (box.dataset.saved) fillInAgain();
