import { Socket } from 'node:net';

const { destroy } = Socket.prototype;

/** Gives every socket of the process its own `destroy` back, as it was when this module was loaded. */
export function putSocketsRight(): void {
  Socket.prototype.destroy = destroy;
}
