// Light, dark, or as the system has it: the reader's choice, kept on this device. Runs in the head, before the first
// paint, so that nothing flashes and nothing moves when what needs scripts is shown.
const root = document.documentElement;
const choices = ["system", "light", "dark"];
const words = { system: "System", light: "Light", dark: "Dark" };

const stored = () => {
  try {
    const choice = localStorage.getItem("theme");
    return choices.includes(choice) ? choice : "system";
  } catch {
    return "system";
  }
};
const apply = (choice) => {
  if (choice === "system") delete root.dataset.theme;
  else root.dataset.theme = choice;
};

let choice = stored();
apply(choice);
root.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-theme-switch]");
  if (!button) return;
  const label = () => {
    button.querySelector("span").textContent = words[choice];
    button.setAttribute("aria-label", `Colours: ${choice === "system" ? "as the system" : choice}`);
  };
  label();
  button.addEventListener("click", () => {
    choice = choices[(choices.indexOf(choice) + 1) % choices.length];
    apply(choice);
    label();
    try {
      localStorage.setItem("theme", choice);
    } catch {
      // A browser that keeps nothing still switches this page.
    }
  });
  // Another tab's choice holds here too.
  addEventListener("storage", (event) => {
    if (event.key !== "theme") return;
    choice = stored();
    apply(choice);
    label();
  });
});
