// What the islands use of React Router; its own types need Node's and the bundler's.
declare module "react-router" {
  import type { AnchorHTMLAttributes, ReactElement, ReactNode } from "react";
  export function useLocation(): { pathname: string; search: string; hash: string; key: string };
  export function useNavigate(): (to: string | number, options?: { replace?: boolean }) => void;
  export function useSearchParams(): [URLSearchParams, (next: Record<string, string>) => void];
  export function Link(
    props: AnchorHTMLAttributes<HTMLAnchorElement> & { to: string; replace?: boolean; children?: ReactNode },
  ): ReactElement;
}

// What the islands use of the drawer of QR codes.
declare module "uqr" {
  export function encode(text: string, options?: { ecc?: "L" | "M" | "Q" | "H"; border?: number }): { size: number; data: boolean[][] };
}

// What the verifier of letters uses of noble and fflate.
declare module "@noble/curves/nist.js" {
  type Options = { prehash?: boolean; lowS?: boolean };
  export const p256: {
    verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array, options?: Options): boolean;
    Point: { fromBytes(bytes: Uint8Array): unknown };
  };
}
declare module "@noble/hashes/sha2.js" {
  export function sha256(data: Uint8Array): Uint8Array;
}
declare module "fflate" {
  export class Inflate {
    constructor(ondata: (chunk: Uint8Array, final: boolean) => void);
    push(chunk: Uint8Array, final?: boolean): void;
  }
}

// What the page that checks letters uses of the reader of QR codes, and its program's address in the build.
declare module "zxing-wasm/reader" {
  export function prepareZXingModule(options: { overrides: { locateFile: (name: string) => string }; fireImmediately: true }): Promise<unknown>;
  export function readBarcodes(
    picture: ImageData,
    options: { formats: readonly string[]; tryHarder: boolean; tryRotate: boolean; tryInvert: boolean; maxNumberOfSymbols: number },
  ): Promise<{ isValid: boolean; text: string }[]>;
}
declare module "zxing-wasm/reader/zxing_reader.wasm?url" {
  const address: string;
  export default address;
}
