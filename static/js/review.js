/** The review page: puts its parts together. */
import { watchDeep, watchFlagging } from "./progress.js";
import { install as installChecking } from "./review/checking.js";
import { install as installComments } from "./review/comments.js";
import { install as installConcordance } from "./review/concordance.js";
import { install as installDrafting } from "./review/drafting.js";
import { install as installFlags } from "./review/flags.js";
import { install as installInsert } from "./review/insert.js";
import { install as installMarking } from "./review/marking.js";
import { install as installPropagation } from "./review/propagation.js";
import { install as installReading } from "./review/reading.js";
import { install as installSaving } from "./review/saving.js";
import { Workbench } from "./review/workbench.js";
import { watchSureness } from "./sureness.js";
import { find, get } from "./text.js";

const bench = new Workbench();
installChecking(bench);
installFlags(bench);
installMarking(bench);
installReading(bench);
installPropagation(bench);
installConcordance(bench);
installInsert(bench);
installComments(bench);
installSaving(bench, installDrafting(bench));
bench.bind();

watchDeep(bench.recheck);
watchSureness(bench.recheck);
if (find("#rewrite")) import("./rewriting.js").then(({ watchRewriting }) => watchRewriting(bench)); // configured
watchFlagging(() => {
  get("#flagging").hidden = true;
  bench.recheck();
});
