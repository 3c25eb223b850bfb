import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { AlipaySdk } from './official-sdk.js';

describe('the official SDK', () => {
  it('changes nothing about the sockets of the process', () => {
    expect(AlipaySdk).toBeDefined();
    const error = new Error('both at once');
    const sockets = [new Socket(), new Socket()];
    for (const socket of sockets) socket.on('error', () => undefined);
    for (const socket of sockets) expect(socket.destroy(error).destroyed).toBe(true);
    expect(Object.getOwnPropertySymbols(error)).toEqual([]);
  });
});
