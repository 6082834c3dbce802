/** What a dialog is given. */
export interface DialogProps {
  onClose: () => void;
}
