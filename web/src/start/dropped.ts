/** Files on their way from one page to the next: dropped on the start page, used on the other. */

let waiting: File[] = [];

export function handOver(files: File[]): void {
  waiting = files;
}

export function takeOver(): File[] {
  const taken = waiting;
  waiting = [];
  return taken;
}

const SOUND =
  /\.(wave?|flac|mp3|m4[abv]|mp4|aac|og[ga]|opus|webm|mk[av]|wm[av]|amr|aiff?|caf|mov|3gp|avi|mpe?g|mts)$/i;

/** Tells recordings from agendas, by type and by name. */
export function isRecording(file: File): boolean {
  return file.type.startsWith("audio/") || file.type.startsWith("video/") || SOUND.test(file.name);
}
