const LENGTH_SECONDS = 0.18;
const LOUDNESS = 0.08;
const PITCH_HERTZ = 880;

let context: AudioContext | undefined;

/** A short, soft tone. Browsers keep it silent until somebody has touched the page. */
export function beep(): void {
  context ??= new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  const now = context.currentTime;
  tone.frequency.value = PITCH_HERTZ;
  volume.gain.setValueAtTime(LOUDNESS, now);
  volume.gain.exponentialRampToValueAtTime(0.001, now + LENGTH_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(now);
  tone.stop(now + LENGTH_SECONDS);
}
