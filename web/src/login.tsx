/** The password, where the server is reached from another machine. */
import { useSignal } from "@preact/signals";
import { login } from "./api/client";
import { wording } from "./trouble";
import { t } from "./words";

export function Login({ onDone }: { onDone(): void }) {
  const password = useSignal("");
  const trouble = useSignal("");
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await login(password.value);
      onDone();
    } catch (error) {
      trouble.value = wording(error);
    }
  };
  return (
    <main id="main" class="narrow">
      <h1>{t("app.name")}</h1>
      <form class="card stack" onSubmit={(event) => void submit(event)}>
        <label>
          {t("login.password")}
          <input
            type="password"
            autocomplete="current-password"
            value={password.value}
            onInput={(event) => (password.value = event.currentTarget.value)}
          />
        </label>
        <p role="alert" class="bad">
          {trouble.value}
        </p>
        <button type="submit" class="primary">
          {t("login.enter")}
        </button>
      </form>
    </main>
  );
}
