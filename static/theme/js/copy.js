// Copy buttons. `data-copy="#id"` copies the text of that element; any other value is copied as it is and stands in
// the element before the button. Where a page may not write to the clipboard, the text is selected instead.
const status = document.createElement("p");
status.className = "vh";
status.setAttribute("role", "status");
document.body.append(status);

const copy = async (text, element) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (element) getSelection().selectAllChildren(element);
    return false;
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  // The rest of the button says to a screen reader what it copies.
  const word = button.firstChild;
  const label = word.nodeValue;
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { copy: name } = button.dataset;
    const element = name.startsWith("#") ? document.getElementById(name.slice(1)) : null;
    const done = await copy(element ? element.textContent : name, element ?? button.previousElementSibling);
    word.nodeValue = done ? "Copied" : "Selected";
    status.textContent = done ? "Copied" : "Selected, to be copied with the keyboard";
    clearTimeout(timer);
    timer = setTimeout(() => {
      word.nodeValue = label;
      status.textContent = "";
    }, 2000);
  });
}
