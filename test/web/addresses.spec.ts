import { describe, expect, it } from '@jest/globals';
import { PAGE_PATHS, pageAt } from '../../apps/api/src/pages/app-pages.js';
import { addresses } from './routes.js';

const example = (address: string): string => address.replaceAll(/\$\w+/g, 'abc_123');

describe('the addresses of the app', () => {
  it('are found in its route files', () => {
    expect(addresses()).toEqual(expect.arrayContaining(['/', '/c/$id', '/me/pledges', '/start/$id/$step']));
  });

  it('are all served by the api', () => {
    expect(addresses().filter((address) => pageAt(example(address)) === null)).toEqual([]);
  });

  it('are all there that the api serves', () => {
    const served = (pattern: string): RegExp =>
      new RegExp(`^${pattern.replace(/\/\*$/, '(/.*)?').replace(':id', '\\$id')}$`);
    // The file itself is what a phone without a line shows for every address.
    const patterns = PAGE_PATHS.filter((pattern) => pattern !== '/index.html');
    expect(patterns.filter((pattern) => !addresses().some((one) => served(pattern).test(one)))).toEqual([]);
  });

  it('are not served where the app has none', () => {
    expect(['/nowhere', '/cc/abc_123', '/communities/a b'].map(pageAt)).toEqual([null, null, null]);
  });
});
