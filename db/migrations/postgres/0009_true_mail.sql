ALTER TABLE "outbox" ADD COLUMN "told" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "series_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "refused" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "folded_into" text;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "mail_from" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "mail_reply_to" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "outbox_series" ON "outbox" USING btree ("series_id","to_email","series_version") WHERE "outbox"."sent_at" is null and "outbox"."dead_at" is null and "outbox"."dropped_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_recipient" ON "outbox" USING btree ("to_email","sent_at");