import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { Banner } from '../../ui/banner';
import { Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';

interface ProofFileProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly purpose: 'receipt' | 'voucher';
  /** The id of what was uploaded; empty while there is none. */
  readonly onFile: (fileId: string) => void;
}

/** A photo or a PDF that proves something: sent as soon as it is chosen, so that the form itself is quick. */
export function ProofFile({ label, hint, error, purpose, onFile }: ProofFileProps) {
  const { t } = useLingui();
  const [state, setState] = useState<{ step: 'none' | 'busy' | 'there'; error?: unknown }>({ step: 'none' });
  const upload = async (file: File) => {
    setState({ step: 'busy' });
    onFile('');
    try {
      const { id } = await must(
        http.POST('/v1/files', {
          params: { query: { purpose } },
          body: '',
          bodySerializer: () => file,
          headers: { 'Content-Type': file.type || 'application/octet-stream' },
        }),
      );
      onFile(id);
      setState({ step: 'there' });
    } catch (failure) {
      setState({ step: 'none', error: failure });
    }
  };
  return (
    <>
      <Input
        type="file"
        accept="image/jpeg,image/png,image/webp,application/pdf"
        label={label}
        hint={hint}
        error={error}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void upload(file);
        }}
      />
      {state.step === 'busy' && <Waiting lines={1} />}
      {state.step === 'there' && <Banner tone="done" live title={t`传好了。`} />}
      {state.error !== undefined && <Trouble error={state.error} />}
    </>
  );
}
