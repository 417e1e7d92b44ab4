// What a machine can see on a page as it stands: sideways scrolling, texts cut off or covered, things outside the window, targets too
// small for a thumb. Runs in the page; everything it needs is inside.

/** In the page. `atEnd`: scrolled to the end, where only what lies under the fixed foot is of interest. */
function look(atEnd) {
  const dialogs = [...document.querySelectorAll('dialog[open]')];
  const layer = dialogs.at(-1) ?? document.body;
  const room = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const found = [];
  const style = (element, pseudo) => getComputedStyle(element, pseudo);
  const words = (element) => (element.innerText ?? '').replace(/\s+/g, ' ').trim().slice(0, 40);
  const say = (element) => {
    const own = [...element.classList].slice(0, 2).join('.');
    const near = own ? '' : [...(element.parentElement?.closest('[class]')?.classList ?? [])].slice(0, 1).map((name) => `.${name} `).join('');
    return `${near}${element.tagName.toLowerCase()}${own && `.${own}`}`;
  };
  const report = (kind, element, detail, text = words(element) || element.getAttribute('aria-label') || element.value || '') =>
    found.push({ kind, where: say(element), text: text.slice(0, 40), detail });
  const isShown = (element) => element.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true })
    && !element.closest('.visually-hidden, .skip, [aria-hidden="true"].sprite');
  const scrollsX = (element) => /auto|scroll/.test(style(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
  const parents = function* (element) { for (let at = element; at && at !== document.documentElement; at = at.parentElement) yield at; };
  const px = (value) => Math.round(value);

  const texts = [];
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element || /^(SCRIPT|STYLE|OPTION|TEXTAREA)$/.test(element.tagName) || element.closest('svg') || !isShown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const [line] = range.getClientRects();
    if (box.width > 0) texts.push({ element, box, line, words: node.data.trim() });
  }
  const targets = [...layer.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(isShown);

  // Covered: something else is hit where the middle of a text is. A bar covers for good only where the page cannot be pushed on.
  const main = layer.scrollHeight > layer.clientHeight + 1 && layer !== document.body ? layer : document.scrollingElement;
  const panes = [main, ...layer.querySelectorAll('.pane-list, .pane-detail, .visit-list, .visit-pane, .visit-main-order, .sheet-body')];
  const paneOf = (element) => panes.filter((pane) => pane.contains(element) && pane.scrollHeight > pane.clientHeight + 1).at(-1) ?? main;
  const isClippedAt = (element, x, y) => [...parents(element)].some((at) => {
    if (!/auto|scroll|hidden|clip/.test(`${style(at).overflowX} ${style(at).overflowY}`)) return false;
    const inside = at.getBoundingClientRect();
    return x < inside.left || x > inside.right || y < inside.top || y > inside.bottom;
  });
  for (const { element, line, words: text } of texts) {
    const [x, y] = [line.left + line.width / 2, line.top + line.height / 2];
    if (x < 0 || y < 0 || x > room.width || y > room.height || isClippedAt(element, x, y)) continue;
    const hit = document.elementFromPoint(x, y);
    if (!hit || hit.contains(element) || element.contains(hit) || style(hit).opacity === '0' || hit.closest('label')?.contains(element)) continue;
    const bar = [...parents(hit)].find((at) => /fixed|sticky/.test(style(at).position) && !at.contains(element));
    const pane = paneOf(element);
    const over = bar?.getBoundingClientRect();
    const canMove = over && over.top + over.height / 2 > room.height / 2 ? pane.scrollTop + pane.clientHeight < pane.scrollHeight - 1 : pane.scrollTop > 1;
    if (bar ? !canMove : !atEnd) report(bar ? 'under a bar' : 'overlapped', element, `by ${say(bar ?? hit)}`, text);
  }
  if (atEnd) return found;

  // Sideways: the page, a sheet, a pane.
  for (const box of [document.documentElement, ...layer.querySelectorAll('*'), layer]) {
    if (box.scrollWidth <= box.clientWidth + 1 || !box.clientWidth) continue;
    const isPage = box === document.documentElement;
    if (!isPage && (!/auto|scroll/.test(style(box).overflowX) || box.matches('.filters, select, .licences') || !isShown(box))) continue;
    const widest = [...box.querySelectorAll('*')].filter((at) => at.getBoundingClientRect().right > box.getBoundingClientRect().left + box.clientWidth + 1).at(-1);
    report('scrolls sideways', box, `${box.scrollWidth} in ${box.clientWidth}${widest ? `, from ${say(widest)}` : ''}`, widest ? words(widest) : '');
  }

  // Cut off: by a box that hides what is too much without saying so by an ellipsis.
  for (const { element, box, words: text } of texts) {
    let freeX = false, freeY = false;
    for (const at of parents(element)) {
      const css = style(at);
      if (at === layer && layer !== document.body) break;
      const clips = /strict|content|paint/.test(css.contain);
      const inside = at.getBoundingClientRect();
      const cutX = !freeX && (clips || /hidden|clip/.test(css.overflowX)) && (box.right > inside.right + 1.5 || box.left < inside.left - 1.5);
      const cutY = !freeY && (clips || /hidden|clip/.test(css.overflowY)) && (box.bottom > inside.bottom + 4 || box.top < inside.top - 4);
      if (cutX || cutY) {
        const isMeant = css.textOverflow === 'ellipsis' || css.webkitLineClamp !== 'none';
        report(isMeant ? 'shortened' : 'cut off', at, `${px(box.width)}×${px(box.height)} in ${px(inside.width)}×${px(inside.height)}`, text);
        break;
      }
      freeX ||= /auto|scroll/.test(css.overflowX);
      freeY ||= /auto|scroll/.test(css.overflowY);
    }
  }
  const pen = document.createElement('canvas').getContext('2d');
  for (const field of targets.filter((at) => /^(INPUT|SELECT)$/.test(at.tagName) && !/radio|checkbox|file/.test(at.type))) {
    const css = style(field);
    pen.font = `${css.fontWeight} ${css.fontSize} ${css.fontFamily}`;
    const text = field.tagName === 'SELECT' ? field.selectedOptions[0]?.text ?? '' : field.value || field.placeholder;
    const width = field.clientWidth - parseFloat(css.paddingLeft) - parseFloat(css.paddingRight);
    const wanted = pen.measureText(text).width;
    if (text && !/date|time/.test(field.type) && wanted > width + 1) report(field.value ? 'longer than its field' : css.textOverflow === 'ellipsis' ? 'shortened' : 'cut off', field, `${px(wanted)} in ${px(width)}`, text);
  }

  // Outside the window, with nothing that scrolls there.
  for (const element of new Set([...texts.map((text) => text.element), ...targets])) {
    const box = element.getBoundingClientRect();
    if (!box.width || [...parents(element)].some(scrollsX) || style(element).opacity === '0') continue;
    if (box.right > room.width + 1 || box.left < -1) report('outside', element, `${px(box.left)}…${px(box.right)} of ${room.width}`);
    const isFixed = [...parents(element)].some((at) => style(at).position === 'fixed');
    const scrolls = [...parents(element)].some((at) => /auto|scroll/.test(style(at).overflowY) && at.scrollHeight > at.clientHeight + 1);
    if (isFixed && !scrolls && (box.bottom > room.height + 1 || box.top < -1)) report('outside', element, `${px(box.top)}…${px(box.bottom)} of ${room.height} high`);
  }

  // Too small for a thumb: with the label around a field and the invisible rim that some controls have.
  for (const element of targets) {
    if (element.disabled) continue;
    const target = element.closest('label') ?? element;
    let { width, height } = target.getBoundingClientRect();
    for (const pseudo of ['::before', '::after']) {
      const css = style(target, pseudo);
      if (css.content === 'none' || css.position !== 'absolute') continue;
      width = Math.max(width, parseFloat(css.width) || 0);
      height = Math.max(height, parseFloat(css.height) || 0);
    }
    if (width && (width < 43.5 || height < 43.5)) report('small target', element, `${px(width)}×${px(height)}`);
  }
  return found;
}

/** Scrolls what holds the most of the page to its end, or back to where it was. In the page. */
function scroll(toEnd) {
  const layer = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
  const all = [document.scrollingElement, ...layer.querySelectorAll('*'), layer].filter((box) => box instanceof Element
    && box.scrollHeight > box.clientHeight + 1 && (box === document.scrollingElement || /auto|scroll/.test(getComputedStyle(box).overflowY)));
  if (toEnd) {
    window.placesBefore = all.map((box) => [box, box.scrollTop]);
    for (const box of all) box.scrollTop = box.scrollHeight;
    return all.length > 0;
  }
  for (const [box, top] of window.placesBefore ?? []) box.scrollTop = top;
  window.placesBefore = undefined;
  return false;
}

export const lookAt = (page, atEnd = false) => page.evaluate(look, atEnd);
export const scrollToEnd = (page) => page.evaluate(scroll, true);
export const scrollBack = (page) => page.evaluate(scroll, false);

/** What was found, a line each: the same thing on another screen or at another size is counted, not repeated. */
export class Findings {
  found = new Map();

  add(place, findings) {
    for (const { kind, where, text, detail } of findings) {
      const key = `${kind} ${where} ${kind === 'small target' ? detail : text}`;
      const known = this.found.get(key);
      if (known) known.places.add(place);
      else this.found.set(key, { kind, where, text, detail, places: new Set([place]) });
    }
  }

  lines() {
    const order = ['scrolls sideways', 'outside', 'cut off', 'under a bar', 'overlapped', 'small target', 'longer than its field', 'shortened'];
    const sorted = [...this.found.values()].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind) || other.places.size - one.places.size);
    return sorted.map(({ kind, where, text, detail, places }) => {
      const [first, ...rest] = places;
      return `${kind}: ${where} ${text ? `“${text}” ` : ''}(${detail}) on ${first}${rest.length ? ` and ${rest.length} more` : ''}`;
    });
  }
}
