import { create } from 'zustand';

interface Prompt {
  /** What stands in the field at first. */
  text: string;
  /** Called once; `null`: never mind. */
  answer: (text: string | null) => void;
}

/** The text that is being asked for, if any. */
export const usePrompt = create<{ prompt: Prompt | null }>(() => ({ prompt: null }));

/** Asks the user for the text of an annotation. */
export function askForText(text = ''): Promise<string | null> {
  return new Promise((resolve) => {
    const answer = (given: string | null) => {
      usePrompt.setState({ prompt: null });
      resolve(given);
    };
    usePrompt.getState().prompt?.answer(null);
    usePrompt.setState({ prompt: { text, answer } });
  });
}
