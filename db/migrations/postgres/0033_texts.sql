CREATE TABLE "text_consents" (
	"client_id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"way" text NOT NULL,
	"words" text NOT NULL,
	"agreed_at" bigint NOT NULL,
	"ended_at" bigint,
	"ended_as" text,
	CONSTRAINT "text_consents_way" CHECK ("text_consents"."way" in ('link', 'text')),
	CONSTRAINT "text_consents_end" CHECK (("text_consents"."ended_at" is null) = ("text_consents"."ended_as" is null) and ("text_consents"."ended_as" is null or "text_consents"."ended_as" in ('client', 'stop', 'unreachable')))
);
--> statement-breakpoint
ALTER TABLE "reminder_rules" ADD COLUMN "channels" text;--> statement-breakpoint
ALTER TABLE "reminders" ADD COLUMN "token_hash" text;--> statement-breakpoint
ALTER TABLE "text_consents" ADD CONSTRAINT "text_consents_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "text_consents_number" ON "text_consents" USING btree ("number");--> statement-breakpoint
CREATE INDEX "reminders_token" ON "reminders" USING btree ("token_hash");