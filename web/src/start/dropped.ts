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

const SOUND = /\.(wav|flac|mp3|m4a|mp4|aac|ogg|opus|oga|webm|wma|mov|mkv|aif|aiff|amr|3gp)$/i;

/** Tells recordings from agendas, by type and by name. */
export function isRecording(file: File): boolean {
  return file.type.startsWith("audio/") || file.type.startsWith("video/") || SOUND.test(file.name);
}
