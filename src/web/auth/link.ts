import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { type Schemas, api, unwrap } from "../app/api";

type Kind = Schemas["LinkToken"]["kind"];

/** The secret of a mailed link; it stands after the #, so it reaches no server log. */
export function useLinkToken(): string {
  return useLocation({ select: (location) => location.hash });
}

/** Asks whether the link still works, and whom it is for. */
export function useLink(kind: Kind) {
  const token = useLinkToken();
  const link = useQuery({
    queryKey: ["link", kind, token],
    enabled: token !== "",
    queryFn: () => unwrap(api.POST("/api/v1/auth/links/check", { body: { kind, token } })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return { token, link };
}
