import createFetchClient, { type Middleware } from 'openapi-fetch';
import createClient from 'openapi-react-query';
import { serverClock } from '../lib/clock';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

const language: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang);
    return request;
  },
  onResponse({ response }) {
    serverClock.hear(response.headers.get('server-time') ?? response.headers.get('date'));
  },
};

/** The session is a cookie that scripts cannot read; the api asks that writes come from our own pages. */
export const http = createFetchClient<paths>({ baseUrl: '', credentials: 'same-origin' });
http.use(language);

/** Every read and write of the api, typed from its own document. */
export const api = createClient(http);
