run(async () => {
  localStorage.clear();
  const card = await open("/models/acme/sonata/");
  const page = card.contentDocument;
  const shown = (element) => element.getClientRects().length > 0;
  const click = (element) => element.click();

  // Copying: the browser of the tests lets no page write to the clipboard, so the ID is selected instead, or copied.
  const copy = page.querySelector("[data-copy]");
  check(copy && shown(copy), "the copy button is shown");
  click(copy);
  await until(() => /^(Copied|Selected)/.test(copy.textContent), "the copy button says what it did");
  await until(() => /Copied|Selected/.test(page.querySelector("[role=status]").textContent), "a screen reader is told");

  // Languages: one snippet at a time, chosen by the keyboard's own radio buttons, and kept for the next card.
  const snippets = () => [...page.querySelectorAll(".snip pre")].filter(shown).map((pre) => pre.className.split(" ")[0]);
  check(snippets().join() === "curl", `curl is shown first, not ${snippets()}`);
  click(page.getElementById("python"));
  check(snippets().join() === "python", `Python is shown when chosen, not ${snippets()}`);
  const next = await open("/models/acme/sonata-0/");
  check(next.contentDocument.getElementById("python").checked, "the next card shows the language that was chosen");

  // Colours: as the system, light, dark, and the choice is kept.
  const mode = page.querySelector("[data-theme-switch]");
  const theme = () => page.documentElement.dataset.theme ?? "system";
  const ground = () => card.contentWindow.getComputedStyle(page.documentElement).backgroundColor;
  const seen = [theme()];
  const grounds = [];
  for (let turn = 0; turn < 3; turn++) {
    click(mode);
    seen.push(theme());
    grounds.push(ground());
  }
  check(seen.join() === "system,light,dark,system", `the colours go round: ${seen}`);
  check(grounds[0] !== grounds[1], `light and dark have grounds of their own: ${grounds}`);
  check(/light|dark|system/i.test(mode.getAttribute("aria-label")), "the button says which colours are on");

  // Questions are opened by a click, as the browser has it.
  const closed = [...page.querySelectorAll("details:not([open])")][0];
  click(closed.querySelector("summary"));
  check(closed.open, "a question opens");

  // The catalogue: search, sort, and the filters that work without a script.
  const home = await open("/");
  const list = home.contentDocument;
  const rows = () => [...list.querySelectorAll("#models tbody tr")].filter(shown).map((row) => row.cells[0].textContent.trim());
  const all = rows().length;
  check(all === 5, `five models are listed, not ${all}`);
  const search = list.querySelector("[type=search]");
  const type = (text) => {
    search.value = text;
    search.dispatchEvent(new list.defaultView.Event("input", { bubbles: true }));
  };
  type("aurora");
  check(rows().length === 1 && rows()[0].startsWith("Aurora"), `a name is found: ${rows()}`);
  type("borealis");
  check(rows().length === 2, `a developer is found: ${rows()}`);
  type("acme echo");
  check(rows().length === 1, `an ID is found: ${rows()}`);
  type("nothing of the kind");
  check(rows().length === 0, "what is not there is not found");
  type("");
  check(rows().length === all, "all are back");
  click(list.getElementById("f-o"));
  check(rows().length === 1, `one model has open weights: ${rows()}`);
  click(list.getElementById("f-o"));
  const head = [...list.querySelectorAll("#models thead th")].find((one) => one.textContent.trim() === "Model");
  click(head.querySelector("button"));
  const sorted = rows();
  check(head.getAttribute("aria-sort") === "ascending", "the head says how the rows are sorted");
  check(sorted.join() === [...sorted].sort((a, b) => a.localeCompare(b)).join(), `the rows are sorted: ${sorted}`);
});
