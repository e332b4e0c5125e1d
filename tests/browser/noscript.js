run(async () => {
  const card = await open("/models/acme/sonata/", { scripts: false });
  const page = card.contentDocument;
  const shown = (element) => element.getClientRects().length > 0;
  check(card.contentWindow.top.pwned === undefined, "nothing runs in the frame");

  // What only a script can do is not offered.
  for (const button of page.querySelectorAll("button")) check(!shown(button), `a button without a function: ${button.textContent}`);

  // Every part of the card is there, in this order.
  const headings = [...page.querySelectorAll("h2")].filter(shown).map((heading) => heading.id);
  for (const id of ["price", "api", "faq", "srcs"]) check(headings.includes(id), `the section #${id}: ${headings}`);
  const words = page.body.innerText;
  for (const text of ["acme/sonata", "/v1/chat/completions", "400K", "32K", "$1.10", "$4.40", "$0.55", "$2.20", "$0.0028",
    "$0.060000000000000005", "€10.00", "no charge", "not applicable", "77.3", "41.50", "1,280", "31 Jan 2026", "fp8", "Relay"]) {
    check(words.includes(text), `the card says ${text}`);
  }

  // The languages of the snippets are chosen by the stylesheet alone, questions open by themselves.
  const snippets = () => [...page.querySelectorAll(".snip pre")].filter(shown).map((pre) => pre.className.split(" ")[0]);
  check(snippets().join() === "curl", `one snippet at a time: ${snippets()}`);
  page.getElementById("javascript").click();
  check(snippets().join() === "javascript", `the one that was chosen: ${snippets()}`);
  const closed = page.querySelector("details:not([open])");
  closed.querySelector("summary").click();
  check(closed.open, "a question opens");

  // The catalogue lists every model, and its check boxes filter.
  const home = await open("/", { scripts: false });
  const rows = () => [...home.contentDocument.querySelectorAll("#models tbody tr")].filter(shown).length;
  check(rows() === 5, `every model is listed: ${rows()}`);
  home.contentDocument.getElementById("f-d").click();
  check(rows() < 5, "deprecated models can be hidden");

  // Nothing is wider than the smallest screen.
  for (const path of ["/", "/models/acme/sonata/", "/models/borealis/nothing/", "/about/", "/404.html"]) {
    const narrow = await open(path, { scripts: false, width: 320 });
    const root = narrow.contentDocument.documentElement;
    check(root.scrollWidth <= root.clientWidth, `${path} is ${root.scrollWidth} wide on a screen of ${root.clientWidth}`);
  }
});
