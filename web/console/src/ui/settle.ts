// A form is sent with what its fields still hold back: a tag that is being typed, a number in the making.
import { useLayoutEffect, useRef, type FormEvent, type MouseEvent } from 'react';
import { flushSync } from 'react-dom';

/** Has the field that is written in give up its text before the form is sent. */
export function useSettled(send: () => void): (event: FormEvent) => void {
  const latest = useRef(send);
  useLayoutEffect(() => { latest.current = send; });
  return (event) => {
    event.preventDefault();
    const field = document.activeElement;
    if (field instanceof HTMLInputElement) {
      flushSync(() => field.blur());
      field.focus({ preventScroll: true });
    }
    latest.current();
  };
}

/** A press does not take the focus: what a field does when it is left would move the button from under the finger. */
export const stay = (event: MouseEvent) => event.preventDefault();
