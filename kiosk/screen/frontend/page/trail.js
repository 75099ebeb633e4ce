// Where Back leads: to where one was.

export const HELP = "about"; // the page behind Help
export const NOT_HERE = "not-here"; // what stands in place of a page that is not here
const BESIDE = ["you-said"]; // whoever looks at it in a survey has not left that

/**
 * @typedef {Record<string, import("../types.d.ts").PageInfo>} Pages
 */

/** Whether a page stands beside the way: those behind Help, and the like. @param {Pages} pages @param {string} id */
export function isBeside(pages, id) {
  if (BESIDE.includes(id)) return true;
  let page = HELP;
  while (page && page !== id) page = pages[page]?.next;
  return Boolean(page);
}

/**
 * The trail of a visit once another page is open, oldest first.
 * @param {string[]} trail as it was @param {Pages} pages
 * @param {{page: string, question: number}} from where the visitor is, and at which question
 * @param {string} to the page that opens
 * @param {boolean} [isBack] whether one goes back to it
 * @returns {string[]}
 */
export function trailTo(trail, pages, { page, question }, to, isBack = false) {
  if (to === "home") return []; // all begins there
  if (to === page) return trail;
  const isOnWay = !pages[to].survey && !isBeside(pages, to);
  const known = trail.lastIndexOf(to);
  if (isBack || (known >= 0 && !isOnWay)) return trail.slice(0, Math.max(known, 0));
  const here = pages[page];
  // Nobody wants the first question again of what was answered, or left for another page.
  const isOver = here?.questions !== undefined && (isOnWay || here.questions <= question);
  return isOver ? trail : [...trail, page];
}
