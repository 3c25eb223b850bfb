import { useLingui } from '@lingui/react/macro';
import { Square, Volume2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';

/** Reads a text aloud where the browser can speak; some phones cannot, and there the button is not shown. */
export function ReadAloud({ text }: { readonly text: string }) {
  const { t } = useLingui();
  const [speaking, setSpeaking] = useState(false);
  const speech = typeof window.speechSynthesis === 'object' ? window.speechSynthesis : null;
  useEffect(() => () => speech?.cancel(), [speech]);
  if (!speech) return null;
  const toggle = () => {
    speech.cancel();
    if (speaking) return setSpeaking(false);
    const words = new SpeechSynthesisUtterance(text);
    // What people wrote is Chinese, whatever the language around it.
    words.lang = 'zh-CN';
    words.rate = 0.9;
    words.onend = () => setSpeaking(false);
    words.onerror = () => setSpeaking(false);
    speech.speak(words);
    setSpeaking(true);
  };
  return (
    <Button look="quiet" aria-pressed={speaking} onClick={toggle}>
      {speaking ? <Square aria-hidden size={18} /> : <Volume2 aria-hidden size={20} />}
      {speaking ? t`先停一下` : t`读给我听`}
    </Button>
  );
}
