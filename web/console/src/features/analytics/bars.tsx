// A chart of bars, drawn as SVG: each bar opens its rows, by mouse and by key.
import { useState } from 'react';
import { t } from '../../lib/text';
import styles from './analytics.module.css';

export interface Bar {
  label: string;
  /** What stands below it. */
  short: string;
  value: number;
}

interface BarsProps {
  name: string;
  bars: Bar[];
  write(value: number): string;
  onOpen?: ((at: number) => void) | undefined;
}

const width = 720;
const height = 200;
const foot = 22;

/** A round number not below a value, for the top of the scale. */
export function top(value: number): number {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((n) => n * unit >= value) ?? 10) * unit;
}

export function Bars({ name, bars, write, onOpen }: BarsProps) {
  const [at, setAt] = useState<number>();
  const scale = top(Math.max(0, ...bars.map(({ value }) => value)));
  const step = width / Math.max(1, bars.length);
  const tall = (value: number) => (value / scale) * (height - foot - 12);
  const every = Math.ceil(bars.length / 12);
  const chosen = at === undefined ? undefined : bars[at];
  return (
    <figure className={styles['chart']}>
      <p className={styles['reading']} aria-hidden>{chosen ? <><bdi>{chosen.label}</bdi> · <strong className="tabular">{write(chosen.value)}</strong></> : t('analytics.pointAt')}</p>
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={name} onPointerLeave={() => setAt(undefined)}>
        {[0, 0.5, 1].map((part) => <line key={part} className={styles['grid']} x1={0} x2={width} y1={height - foot - tall(scale * part)} y2={height - foot - tall(scale * part)} />)}
        <text className={styles['axis']} x={0} y={10}>{write(scale)}</text>
        {bars.map((bar, i) => {
          const open = onOpen && bar.value > 0 ? () => onOpen(i) : undefined;
          return (
            <g
              key={i}
              role={open ? 'button' : 'img'}
              tabIndex={open ? 0 : undefined}
              aria-label={`${bar.label}: ${write(bar.value)}`}
              className={styles['slot']}
              data-open={open ? true : undefined}
              onPointerEnter={() => setAt(i)}
              onFocus={() => setAt(i)}
              onClick={open}
              onKeyDown={(event) => { if (open && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); open(); } }}
            >
              <rect className={styles['reach']} x={i * step} y={0} width={step} height={height - foot} />
              <rect className={styles['bar']} data-at={i === at ? true : undefined} x={i * step + step * 0.16} width={step * 0.68} y={height - foot - Math.max(bar.value > 0 ? 2 : 0, tall(bar.value))} height={Math.max(bar.value > 0 ? 2 : 0, tall(bar.value))} rx={Math.min(3, step * 0.2)} />
              {i % every === 0 && <text className={styles['axis']} x={i * step + step / 2} y={height - 6} textAnchor="middle">{bar.short}</text>}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
