// Sounds made on the spot: no file to load, none to fail.

export type Sound = 'chime' | 'knock' | 'drop' | 'none';
export const sounds: readonly Sound[] = ['chime', 'knock', 'drop', 'none'];

/** A tone: when it starts and how long it rings (seconds), its pitch (hertz) and wave. */
interface Tone {
  at: number;
  for: number;
  pitch: number;
  wave: OscillatorType;
}

const tones: Record<Sound, Tone[]> = {
  chime: [
    { at: 0, for: 0.5, pitch: 659, wave: 'sine' },
    { at: 0.13, for: 0.7, pitch: 988, wave: 'sine' },
  ],
  knock: [
    { at: 0, for: 0.12, pitch: 196, wave: 'triangle' },
    { at: 0.16, for: 0.12, pitch: 196, wave: 'triangle' },
  ],
  drop: [{ at: 0, for: 0.25, pitch: 880, wave: 'sine' }],
  none: [],
};

let context: AudioContext | undefined;

/** Plays a sound; volume from 0 to 1. Silent where the browser forbids sound before a click. */
export function play(sound: Sound, volume: number): void {
  if (sound === 'none' || volume <= 0) return;
  context ??= new AudioContext();
  const audio = context;
  void audio.resume().then(() => tones[sound].forEach((tone) => ring(audio, tone, volume)));
}

function ring(audio: AudioContext, tone: Tone, volume: number): void {
  const start = audio.currentTime + tone.at;
  const source = new OscillatorNode(audio, { type: tone.wave, frequency: tone.pitch });
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume * 0.4, start + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + tone.for);
  source.connect(gain).connect(audio.destination);
  source.start(start);
  source.stop(start + tone.for);
}
