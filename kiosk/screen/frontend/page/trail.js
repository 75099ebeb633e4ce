// Where Back leads from pages that have no page before them: to where one was.

export const HELP = "about"; // the page behind Help
const BESIDE = ["you-said", "languages"]; // like a survey, Back leaves them for where one was before

/**
 * @typedef {Record<string, import("../types.d.ts").PageInfo>} Pages
 */

/** Whether Back leaves a page for where one was before: those behind Help, and the like. @param {Pages} pages @param {string} id */
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
 * @returns {string[]}
 */
export function trailTo(trail, pages, { page, question }, to) {
  if (!pages[to].survey && !isBeside(pages, to)) return [];
  if (trail.includes(to)) return trail.slice(0, trail.indexOf(to));
  const here = pages[page];
  const isAnswered = here?.questions !== undefined && here.questions <= question; // nobody wants its first question again
  if (to === page || here?.back === to || isAnswered) return trail;
  return [...trail, page];
}
