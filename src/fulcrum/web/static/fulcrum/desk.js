// The little that pages do by themselves; everything works without it.

// A button that copies a field; where the browser does not let it, the field can be copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
  });
}

// Escape closes the trace, and the keyboard is back at the figure that opened it.
let opener = null;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".drawer.is-open [data-close]")?.click();
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target.id === "trace" && !event.detail.elt.closest("#trace")) opener = event.detail.elt;
});
document.addEventListener("htmx:afterSettle", () => {
  if (opener === null || document.querySelector(".drawer.is-open") !== null) return;
  opener.focus();
  opener = null;
});
