// First, so that it sees the sockets before the SDK does.
import { putSocketsRight } from './plain-sockets.js';
import { AlipaySdk } from 'alipay-sdk';

// The HTTP client that comes with the SDK replaces `destroy` of every socket in the process when it is loaded, and then
// throws where one error ends two sockets. Nothing of ours sends through that client.
putSocketsRight();

export { AlipaySdk };
