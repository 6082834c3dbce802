import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from 'react-aria-components';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { usePrompt } from './prompt';

const form = 'annotation-text';

/** Asks for the text of an arrow or of a note. */
export function TextPrompt() {
  const { t } = useTranslation('annotations');
  const prompt = usePrompt((state) => state.prompt);
  return (
    <Dialog
      title={t('text.title')}
      isOpen={prompt !== null}
      onClose={() => prompt?.answer(null)}
      actions={
        <>
          <Button onPress={() => prompt?.answer(null)}>{t('shell:cancel')}</Button>
          <Button kind="primary" type="submit" form={form}>
            {t('text.done')}
          </Button>
        </>
      }
    >
      {prompt && <TextForm text={prompt.text} onDone={prompt.answer} />}
    </Dialog>
  );
}

function TextForm({ text, onDone }: { text: string; onDone: (text: string | null) => void }) {
  const { t } = useTranslation('annotations');
  const [value, setValue] = useState(text);
  return (
    <Form
      id={form}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(value.trim() === '' ? null : value.trim());
      }}
    >
      {/* The dialog was opened to write here. */}
      {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
      <TextField label={t('text.label')} value={value} onChange={setValue} maxLength={200} autoFocus />
    </Form>
  );
}
