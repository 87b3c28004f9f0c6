// A priority as a glyph: shape and colour say how urgent, a name says it in words.
import { ChevronDown, ChevronsDown, ChevronsUp, ChevronUp, Equal, type LucideIcon } from 'lucide-react';
import styles from './priority.module.css';

const glyphs: Record<number, LucideIcon> = { 1: ChevronsUp, 2: ChevronUp, 3: Equal, 4: ChevronDown, 5: ChevronsDown };

/** Whether the weight is that of a priority; rooms without one weigh 99. */
export function weighs(weight: number): boolean {
  return weight in glyphs;
}

interface PriorityGlyphProps {
  /** 1 is highest, 5 lowest. */
  weight: number;
  /** Its name, where it does not stand beside the glyph. */
  name?: string;
  size?: number;
}

export function PriorityGlyph({ weight, name, size = 14 }: PriorityGlyphProps) {
  const Glyph = glyphs[weight];
  if (!Glyph) return null;
  return (
    <span className={styles['priority']} data-weight={weight} title={name}>
      <Glyph aria-hidden size={size} strokeWidth={2.5} />
      {name && <span className="unseen">{name} </span>}
    </span>
  );
}
