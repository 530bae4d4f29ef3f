/** The frame around every page: the way in, the page itself, and what is told. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getSession, Refused } from "./api/client";
import { Login } from "./login";
import { MeetingPage } from "./meeting/page";
import { Notices } from "./notices";
import { route } from "./route";
import { NewMeeting } from "./start/new-meeting";
import { StartPage } from "./start/page";
import { t } from "./words";

export function App() {
  const login = useSignal(false);
  useEffect(() => {
    getSession().catch((error: unknown) => {
      login.value = error instanceof Refused && error.body.login === true;
    });
  }, []);
  if (login.value) return <Login onDone={() => (login.value = false)} />;
  const shown = route.value;
  return (
    <>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      {shown.page === "start" && <StartPage />}
      {shown.page === "new" && <NewMeeting />}
      {shown.page === "meeting" && <MeetingPage key={shown.id} id={shown.id} />}
      <Notices />
    </>
  );
}
