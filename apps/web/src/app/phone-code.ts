import { useEffect, useState } from 'react';
import { api } from '../api/client';

/** A mobile number of the mainland. */
export const phoneForm = /^1\d{10}$/;

/** A code by text message: asking for it, and how long until another can be asked for. */
export function usePhoneCode(onSent: () => void) {
  const [wait, startWait] = useCountdown();
  const ask = api.useMutation('post', '/v1/sign-in/codes', {
    onSuccess: ({ resendAfterSeconds }) => {
      startWait(resendAfterSeconds);
      onSent();
    },
  });
  return {
    wait,
    isSent: ask.data !== undefined,
    isPending: ask.isPending,
    error: ask.error,
    send: (phone: string) => ask.mutate({ body: { phone } }),
  };
}

/** Seconds until another code can be asked for. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
