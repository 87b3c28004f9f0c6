// The glyph of the way a chat came in.
import { Code2, Globe, Mail, MessageCircle, MessageSquare, Smartphone, type LucideIcon } from 'lucide-react';

const glyphs: Record<string, LucideIcon> = {
  widget: Globe,
  email: Mail,
  sms: Smartphone,
  app: MessageCircle,
  api: Code2,
};

export function ChannelGlyph({ type }: { type: string }) {
  const Glyph = glyphs[type] ?? MessageSquare;
  return <Glyph aria-hidden size={9} strokeWidth={2.5} />;
}
