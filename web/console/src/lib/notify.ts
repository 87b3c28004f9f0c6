// Notifications of the desktop. Permission is asked for by a click only.

export type Permission = NotificationPermission | 'absent';

export interface Notice {
  title: string;
  text: string;
  /** A later notice with the same tag takes the place of this one. */
  tag: string;
  onClick?: () => void;
}

/** What the browser allows. */
export function permission(): Permission {
  return 'Notification' in window ? Notification.permission : 'absent';
}

/** Asks the person. */
export async function request(): Promise<Permission> {
  return 'Notification' in window ? Notification.requestPermission() : 'absent';
}

/** Shows a notice where that is allowed. */
export function notify({ title, text, tag, onClick }: Notice): void {
  if (permission() !== 'granted') return;
  const shown = new Notification(title, { body: text, tag: `foyer-${tag}` });
  shown.onclick = () => {
    window.focus();
    shown.close();
    onClick?.();
  };
}
