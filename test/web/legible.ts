import type { Page } from 'playwright-core';

/** Run in the page: in CSS pixels, of all text that is shown. */
const letters = `Math.min(...[...document.querySelectorAll('body *')]
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((element) => element.getClientRects().length > 0 && !element.closest('.sr-only, svg'))
  .map((element) => parseFloat(getComputedStyle(element).fontSize)))`;

const sideways = 'Math.max(0, document.documentElement.scrollWidth - innerWidth)';

/** What a finger must hit, and is lower than it should be; links within a text are as high as its lines. */
const lowTargets = `(leastPixels) => [...document.querySelectorAll('button, select, textarea, input, summary, nav a, a[class]')]
  .filter((element) => element.getClientRects().length > 0 && !element.closest('.sr-only'))
  .filter((element) => getComputedStyle(element).display !== 'inline')
  // A box for ticking is hit by its label.
  .map((element) => (element.matches('input[type=checkbox], input[type=radio]') ? element.closest('label') : element))
  .filter((element) => element && element.getBoundingClientRect().height < leastPixels - 0.5)
  .map((element) => element.tagName + ' ' + (element.innerText || element.getAttribute('aria-label') || element.className))`;

export const smallestLetter = (page: Page): Promise<number> => page.evaluate<number>(letters);
export const sidewaysPixels = (page: Page): Promise<number> => page.evaluate<number>(sideways);
export const targetsBelow = (page: Page, leastPixels: number): Promise<string[]> =>
  page.evaluate<string[]>(`(${lowTargets})(${leastPixels})`);
