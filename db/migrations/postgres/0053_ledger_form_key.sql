ALTER TABLE "ledger_entries" ADD COLUMN "form_key" text;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_form" ON "ledger_entries" USING btree ("form_key");