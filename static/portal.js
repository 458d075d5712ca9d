// Everything works without this file; it only makes things quicker or safer.
"use strict";

// A page taken from the browser's memory may belong to a patient who is closed, or to
// somebody who has signed out: ask the server again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    window.location.reload();
  }
});

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const told = button.parentElement.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      await navigator.clipboard?.writeText(field.value).catch(() => null);
      told.textContent = told.dataset.copied;
    });
  }
  // A key leads to what carries it: not while writing, and not when switched off.
  if ("shortcuts" in document.body.dataset) {
    document.addEventListener("keydown", (event) => {
      const isWriting = event.target.closest("input, textarea, select");
      if (isWriting || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
        return;
      }
      const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (target) {
        event.preventDefault();
        target.click();
      }
    });
  }
  // Signing out goes on to the provider by itself.
  document.querySelector("form[data-send-at-once]")?.submit();
  // A menu closes when the reader goes elsewhere, by key or by pointer.
  const menus = document.querySelectorAll("details[data-menu]");
  const closeOthers = (target) => {
    for (const menu of menus) {
      if (!menu.contains(target)) {
        menu.open = false;
      }
    }
  };
  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeOthers(null);
    }
  });
});

// Silence is dangerous among test results: a fragment that fails to load says so.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, () => {
    const region = document.getElementById("fault");
    if (region) {
      region.textContent = region.dataset.text;
    }
  });
}
