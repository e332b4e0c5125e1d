// Code in several languages: the tabs are radio buttons and work without this. The language that a reader picks is
// kept on this device, and holds on every card.
const radios = [...document.querySelectorAll(".snip input[type=radio]")];
const language = (radio) => (radio.hasAttribute("value") ? radio.value : radio.id);

const pick = (wanted) => {
  for (const radio of radios) if (language(radio) === wanted) radio.checked = true;
};

try {
  pick(localStorage.getItem("language"));
} catch {
  // A browser that keeps nothing shows the first language.
}

for (const radio of radios) {
  radio.addEventListener("change", () => {
    pick(language(radio));
    try {
      localStorage.setItem("language", language(radio));
    } catch {
      // The choice holds for this page.
    }
  });
}
