// What a reader could not see of a page: texts too faint for their ground, texts and pictures beyond the edge.
// In: the open page. Out: lists of words, to be read in a failed test.

(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();

  // Any colour that CSS can write, as [red, green, blue, alpha] of 0..255.
  function colour(written) {
    if (!known.has(written)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = written;
      canvas.fillRect(0, 0, 1, 1);
      known.set(written, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(written);
  }

  const over = (upper, lower, share) => upper.map((part, n) => part * share + lower[n] * (1 - share));

  // WCAG 2.2, relative luminance of [red, green, blue].
  const luminance = (parts) =>
    parts
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);

  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  const grounds = new Map();

  // The colour behind an element, all the see-through layers mixed; null behind a picture, which has no one colour.
  function ground(element) {
    if (!element) return [255, 255, 255];
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const [red, green, blue, alpha] = colour(style.backgroundColor);
      let told = alpha === 255 ? [255, 255, 255] : ground(element.parentElement);
      if (style.backgroundImage !== "none") told = null;
      grounds.set(element, told && over([red, green, blue], told, alpha / 255));
    }
    return grounds.get(element);
  }

  function opacity(element) {
    let share = 1;
    for (let e = element; e; e = e.parentElement) share *= Number(getComputedStyle(e).opacity);
    return share;
  }

  // Boxes of a text or an element that are drawn; a box of one pixel is for those who listen.
  function boxes(node) {
    const range = document.createRange();
    range.selectNode(node);
    return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  }

  function* texts() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode, element = node.parentElement;
      if (!node.textContent.trim() || element.closest("script, style, noscript, option, :disabled")) continue;
      if (element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && boxes(node).length) {
        yield [node, element];
      }
    }
  }

  const shown = (node) => node.textContent.trim().replace(/\s+/g, " ").slice(0, 60);

  // Visible texts below the contrast of WCAG 2.2, level AA: 4.5, and 3 for large letters.
  function faintTexts() {
    grounds.clear();
    const judged = new Map(), faint = new Set();
    for (const [node, element] of texts()) {
      if (!judged.has(element)) {
        const style = getComputedStyle(element), behind = ground(element);
        const ink = colour(element.closest("svg") ? style.fill : style.color);
        const seen = behind && over(ink.slice(0, 3), behind, (ink[3] / 255) * opacity(element));
        const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        judged.set(element, [behind ? contrast(seen, behind) : 0, large ? 3 : 4.5, seen, behind]);
      }
      const [told, wanted, seen, behind] = judged.get(element);
      if (told < wanted) {
        const place = element.tagName.toLowerCase() + (element.className ? "." + String(element.className.baseVal ?? element.className) : "");
        faint.add(`${told.toFixed(2)} < ${wanted}: ${place} [${seen?.map(Math.round)} on ${behind?.map(Math.round)}]: ${shown(node)}`);
      }
    }
    return [...faint];
  }

  // Whether an element stands in a box that its reader can scroll sideways.
  function scrolls(element, known) {
    if (!element || element === document.body) return false;
    if (!known.has(element)) {
      const box = ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
      known.set(element, (box && element.scrollWidth > element.clientWidth) || scrolls(element.parentElement, known));
    }
    return known.get(element);
  }

  // Texts and pictures that reach beyond the left or right edge of the window, where nobody can scroll to.
  function cutThings() {
    const width = document.documentElement.clientWidth, cut = new Set(), scrolling = new Map();
    const pictures = [...document.querySelectorAll("img, svg, button, input, select")].map((e) => [e, e]);
    for (const [node, element] of [...texts(), ...pictures]) {
      if (node === element && !element.checkVisibility({ visibilityProperty: true })) continue;
      if (!boxes(node).some((box) => (box.left < -0.5 && box.right > 0) || box.right > width + 0.5) || scrolls(element, scrolling)) continue;
      cut.add(`${element.tagName.toLowerCase()}: ${shown(node) || element.getAttribute("alt") || element.id}`);
    }
    return [...cut];
  }

  // Drawings that are told to listeners, but by no name; in a button with a name they need none.
  function namelessDrawings() {
    const told = [...document.querySelectorAll("svg, canvas, [role=img]")].filter(
      (drawing) => !drawing.closest("[aria-hidden=true], button[aria-label]") && drawing.checkVisibility({ visibilityProperty: true }));
    const title = (drawing) => drawing.querySelector(":scope > title")?.textContent;
    const other = (drawing) => document.getElementById(drawing.getAttribute("aria-labelledby"))?.textContent;
    return told.filter((drawing) => !(drawing.getAttribute("aria-label") || other(drawing) || title(drawing))?.trim())
      .map((drawing) => drawing.outerHTML.slice(0, 120));
  }

  // Pictures of the text drawn less wide than so many pixels; a thumbnail only leads to a picture.
  function picturesBelow(width) {
    const small = (image) => !image.matches(".thumbnail") && image.naturalWidth > width && image.clientWidth < width;
    return [...document.querySelectorAll("main img")].filter(small).map((image) => `${image.clientWidth} wide: ${image.alt.slice(0, 60)}`);
  }

  // Colours and places are at once what they will be; a sheet made here is no style that the page could forbid.
  const still = new CSSStyleSheet();
  still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets = [still];

  // Waits until the page has answered to a new window, colour scheme or opened part.
  async function settled() {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  }

  window.look = { settled, faintTexts, cutThings, namelessDrawings, picturesBelow, texts: () => [...texts()].length };
})();
