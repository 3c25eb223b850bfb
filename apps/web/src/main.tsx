import './design/tokens.css';
import './design/reset.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followChanges } from './app/live';
import { firstLocale, speak } from './app/words';
import { queries, router } from './router';

const place = document.getElementById('app');
if (!place) throw new Error('the page has no place for the app');

void start(place);

async function start(element: HTMLElement): Promise<void> {
  await speak(firstLocale());
  followChanges(queries);
  createRoot(element).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
}
