/** One meeting: before there is a draft what it takes to get one, then the workbench. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { wording } from "../trouble";
import { follow } from "../route";
import { t } from "../words";
import { MeetingModel } from "./model";
import { Preparation } from "./preparation";
import { Workbench } from "./workbench";

export function MeetingPage({ id }: { id: string }) {
  const model = useMemo(() => new MeetingModel(id), [id]);
  const trouble = useSignal("");
  useEffect(() => {
    model.open().catch((error: unknown) => (trouble.value = wording(error)));
    return () => model.close();
  }, [model]);
  const meeting = model.data.value;
  useEffect(() => {
    if (meeting) document.title = `${meeting.header.title ?? id} – ${t("app.name")}`;
  }, [meeting?.header.title]);
  if (!meeting) {
    return (
      <main id="main" class="narrow">
        <a href="/" onClick={follow}>
          {t("back")}
        </a>
        {trouble.value ? (
          <p role="alert" class="bad">
            {trouble.value}
          </p>
        ) : (
          <p role="status">{t("loading")}</p>
        )}
      </main>
    );
  }
  // The referat stays to be read and sent when what it was made of is deleted.
  return meeting.has.draft ? (
    <Workbench model={model} meeting={meeting} />
  ) : (
    <Preparation model={model} meeting={meeting} />
  );
}
