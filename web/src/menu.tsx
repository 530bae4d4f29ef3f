/** A button that opens a short list of what else can be done. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface Props {
  label: string;
  children: ComponentChildren;
}

export function Menu({ label, children }: Props) {
  const open = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  // It goes when something else is pressed, or the focus leaves it.
  useEffect(() => {
    const elsewhere = ({ target }: Event) => {
      if (target instanceof Node && !place.current?.contains(target)) open.value = false;
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("focusin", elsewhere);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("focusin", elsewhere);
    };
  }, []);
  return (
    <div
      class="menu"
      ref={place}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open.value) return;
        event.stopPropagation();
        open.value = false;
        button.current?.focus();
      }}
    >
      <button
        type="button"
        ref={button}
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => (open.value = !open.value)}
      >
        {label} <span aria-hidden="true">▾</span>
      </button>
      <div
        class="menu-list"
        id={id}
        hidden={!open.value}
        onClick={({ target }) => {
          // A dialog that it opens gives the focus back to the button.
          if (!(target instanceof Element) || !target.closest("button")) return;
          button.current?.focus();
          open.value = false;
        }}
      >
        {children}
      </div>
    </div>
  );
}
