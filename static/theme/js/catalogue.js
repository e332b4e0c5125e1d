// The catalogue: search, a developer to choose, columns to sort by. The check boxes work by the stylesheet alone.
const table = document.getElementById("models");
const form = document.querySelector(".filter");

if (table && form) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const status = document.getElementById("left");
  const { q, developer } = form.elements;
  // Of a long list the others stand on further pages.
  const here = form.hasAttribute("data-partial") ? " of this page" : "";

  // Where all models are of one developer there is none to choose.
  const fields = [q, developer].filter(Boolean);

  // A head over two columns belongs to the first of them.
  let next = 0;
  const columns = heads.map((head) => {
    const column = next;
    next += head.colSpan;
    return column;
  });
  const made = columns[heads.findIndex((head) => head.dataset.column === "developer")];
  const maker = (row) => row.cells[made].textContent;

  // `gpt5` finds GPT-5, and so does `openai 5`.
  const plain = (text) => text.normalize("NFKD").toLowerCase();
  const words = (text) => plain(text).match(/[\p{L}\p{N}.]+/gu) ?? [];
  const found = new Map(
    rows.map((row) => {
      // The address of a card says the ID; what stands before it is the same for all of them.
      const id = decodeURI(row.querySelector("a").pathname).split("/models/").pop();
      const text = words(`${row.cells[0].textContent} ${id} ${maker(row)}`).join(" ");
      return [row, `${text} ${text.replaceAll(" ", "")}`];
    }),
  );

  let timer;
  const say = (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = text), 400);
  };

  const filter = () => {
    const wanted = words(q.value);
    for (const row of rows) {
      const by = !developer?.value || maker(row) === developer.value;
      row.hidden = !(by && wanted.every((word) => found.get(row).includes(word)));
    }
    const left = rows.filter((row) => row.getClientRects().length > 0).length;
    say(`${left} of ${rows.length} models${here}`);
    const url = new URL(location.href);
    for (const field of fields) {
      if (field.value) url.searchParams.set(field.name, field.value);
      else url.searchParams.delete(field.name);
    }
    try {
      history.replaceState(null, "", url);
    } catch {
      // A page from a file has no address to keep it in.
    }
  };

  // What a cell says, to sort by: a number, a text, or nothing, which comes last either way.
  const scale = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
  const value = (row, column) => {
    const cell = row.cells[column];
    const text = cell.textContent.trim();
    if (cell.matches(".no, :has(.no)")) return text === "no charge" ? 0 : null;
    const number = /^\$?([\d.,]+)([KMBT]?)$/.exec(text);
    return number ? Number(number[1].replaceAll(",", "")) * (scale[number[2]] ?? 1) : text;
  };
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true }));

  const sort = (head, column) => {
    const values = new Map(rows.map((row) => [row, value(row, column)]));
    const first = [...values.values()].find((one) => one !== null);
    const price = rows.some((row) => row.cells[column].textContent.startsWith("$"));
    // Texts begin with A, prices with the cheapest, all else with the most or the newest.
    const natural = price || (typeof first === "string" && !/^\d{4}(-|$)/.test(first)) ? "ascending" : "descending";
    const other = natural === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === natural ? other : natural;
    const sign = order === "ascending" ? 1 : -1;
    rows.sort((a, b) => {
      const [x, y] = [values.get(a), values.get(b)];
      return x === null || y === null ? (x === null) - (y === null) : sign * compare(x, y);
    });
    for (const one of heads) one.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    body.append(...rows);
    say(`Models${here} sorted by ${head.textContent}, ${order}`);
  };

  heads.forEach((head, index) => {
    if (["takes", "can"].includes(head.dataset.column)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head, columns[index]));
  });

  const asked = new URLSearchParams(location.search);
  for (const field of fields) field.value = asked.get(field.name) ?? "";
  if (developer?.selectedIndex < 0) developer.value = "";
  if (fields.some((field) => field.value)) filter();

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
}
