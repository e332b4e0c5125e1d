run(async () => {
  // Letters have some room of their own over and under them.
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 1.5 < b.bottom - 1.5 && b.top + 1.5 < a.bottom - 1.5;
  for (const path of ["/charts/", "/charts/models/context/", "/charts/models/releases/"]) {
    for (const width of [320, 360, 479, 480, 600, 767, 768, 900, 1023, 1024, 1280]) {
      const frame = await open(path, { width });
      const page = frame.contentDocument;
      const root = page.documentElement;
      check(root.scrollWidth <= root.clientWidth, `${path} is ${root.scrollWidth} wide on a screen of ${root.clientWidth}`);
      const shown = (selector) => [...page.querySelectorAll(selector)]
        .map((element) => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
      const texts = shown(".plot text");
      const plot = page.querySelector(".plot").getBoundingClientRect();
      const labels = texts.filter(({ element }) => element.parentElement.localName === "a");
      check(labels.length >= 10, `${path} at ${width}: ${labels.length} names`);
      texts.forEach(({ element, box }, at) => {
        for (const other of texts.slice(at + 1)) {
          check(!meet(box, other.box), `${path} at ${width}: "${element.textContent}" and "${other.element.textContent}"`);
        }
      });
      for (const { element, box } of labels) {
        const inside = box.left >= plot.left - 1 && box.right <= plot.right + 1 && box.top >= plot.top - 2 && box.bottom <= plot.bottom + 2;
        check(inside, `${path} at ${width}: "${element.textContent}" leaves the plot`);
        for (const point of shown(".plot circle")) {
          check(!meet(box, point.box), `${path} at ${width}: "${element.textContent}" lies over a point`);
        }
      }
      frame.remove();
    }
  }
});
