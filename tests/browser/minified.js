run(async () => {
  const paths = await (await fetch("/paths.json")).json();
  check(paths.length > 20, "there are too few pages to compare");
  const text = async (path) => {
    const frame = await open(path, { scripts: false });
    // Everything is shown, so that the text of closed answers counts too.
    for (const details of frame.contentDocument.querySelectorAll("details")) details.open = true;
    const shown = frame.contentDocument.body.innerText;
    frame.remove();
    return shown;
  };
  for (const path of paths) {
    const [small, plain] = [await text(`/${path}`), await text(`/plain/${path}`)];
    if (small !== plain) {
      const at = [...plain].findIndex((letter, index) => small[index] !== letter);
      complain(`${path}: ${JSON.stringify(plain.slice(at - 30, at + 30))} became ${JSON.stringify(small.slice(at - 30, at + 30))}`);
    }
  }
});
