CREATE TABLE "client_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"sealed_words" text NOT NULL,
	"sent_at" bigint NOT NULL,
	"answered_at" bigint,
	"answered_by" text,
	CONSTRAINT "client_messages_answered_by" CHECK (("client_messages"."answered_at" is null) = ("client_messages"."answered_by" is null))
);
--> statement-breakpoint
ALTER TABLE "client_messages" ADD CONSTRAINT "client_messages_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_messages_series" ON "client_messages" USING btree ("series_id","sent_at");--> statement-breakpoint
CREATE INDEX "client_messages_answered" ON "client_messages" USING btree ("answered_at");