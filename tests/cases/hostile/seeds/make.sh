#!/bin/sh
# Makes every seed of this folder anew with OpenSSL 3 and keytool: good files of each kind, from which the tests and the
# fuzzer make bad ones. Run in an empty temporary folder; the results are copied here by hand when they should change.
# The keys protect nothing. Every secret is "azerty", or absent, or empty where the name says so.
set -eu
umask 022

cat > request.cnf <<'END'
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = dn
[dn]
C = FR
ST = Côte-d'Or (21)
O = CLINIQUE DES LILAS
OU = 1750712184
CN = INSI-AUTO
[asked]
subjectAltName = DNS:essai.example, email:a@essai.example
[leaf]
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = clientAuth, serverAuth
subjectAltName = DNS:essai.example, email:a@essai.example, IP:192.0.2.1, URI:https://essai.example/, dirName:dn, otherName:1.2.3.4;UTF8:a, RID:1.2.3.4
basicConstraints = CA:FALSE
authorityKeyIdentifier = keyid, issuer
subjectKeyIdentifier = hash
crlDistributionPoints = URI:http://essai.example/a.crl
authorityInfoAccess = caIssuers;URI:http://essai.example/a.p7c, OCSP;URI:http://essai.example/
certificatePolicies = @policy
2.5.29.16 = ASN1:SEQUENCE:period
1.2.250.1.71.1.2.7 = DER:04:01:21
[policy]
policyIdentifier = 1.2.250.1.71.1.2
CPS.1 = http://essai.example/pc
[period]
a = IMPLICIT:0,GENERALIZEDTIME:20260101000000Z
b = IMPLICIT:1,GENERALIZEDTIME:20280101000000Z
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[ca]
default_ca = test
[test]
database = index.txt
crlnumber = crlnumber
default_md = sha256
default_crl_days = 30
private_key = authority.key
certificate = authority.pem
[list]
authorityKeyIdentifier = keyid
[delta]
authorityKeyIdentifier = keyid
2.5.29.27 = critical, ASN1:INTEGER:1
issuingDistributionPoint = critical, @where
[where]
fullname = URI:http://essai.example/a.crl
END

openssl genrsa -out key.pem 2048
openssl genrsa -out authority.key 2048
openssl ecparam -name prime256v1 -genkey -noout -out key-sec1.pem
openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key-pkcs8.der
openssl rsa -in key.pem -traditional -out key-pkcs1.pem
openssl rsa -in key.pem -traditional -outform DER -out key-pkcs1.der
openssl rsa -in key.pem -traditional -aes128 -passout pass:azerty -out key-dek-info.pem
openssl rsa -in key.pem -pubout -out public.pem
openssl pkey -in key-sec1.pem -out key-ec-pkcs8.pem
openssl genpkey -algorithm ed25519 -out key-ed25519.pem
for form in aes-256-cbc aes-128-cbc des-ede3-cbc; do
  openssl pkcs8 -topk8 -in key.pem -v2 $form -iter 100 -passout pass:azerty -out key-$form.pem
done
openssl pkcs8 -topk8 -in key.pem -v2 aes-256-cbc -v2prf hmacWithSHA1 -iter 100 -passout pass:azerty -outform DER -out key-sha1.der
openssl pkcs8 -topk8 -in key.pem -v1 PBE-SHA1-3DES -iter 100 -passout pass:azerty -outform DER -out key-pbe-3des.der
openssl pkcs8 -topk8 -in key.pem -scrypt -passout pass:azerty -outform DER -out key-scrypt.der

openssl req -x509 -new -key authority.key -subj "/C=FR/O=ESSAI/CN=AC D'ESSAI" -days 3650 -config request.cnf -extensions authority -out authority.pem
openssl req -new -key key.pem -config request.cnf -reqexts asked -out request.pem
openssl req -new -key key.pem -config request.cnf -outform DER -out request.der
openssl req -new -key key-sec1.pem -config request.cnf -outform DER -out request-ec.der
openssl x509 -req -in request.pem -CA authority.pem -CAkey authority.key -set_serial 0x1234 -days 1095 -extfile request.cnf -extensions leaf -out certificate.pem
openssl x509 -in certificate.pem -outform DER -out certificate.der
openssl x509 -req -in request.pem -CA authority.pem -CAkey authority.key -set_serial 7 -days 1095 -sigopt rsa_padding_mode:pss -outform DER -out certificate-pss-v1.der
openssl x509 -in authority.pem -outform DER -out authority.der
cat certificate.pem authority.pem > bundle.pem
openssl x509 -in certificate.pem -text > text.pem
sed 's/$/\r/' certificate.pem > crlf.pem
iconv -t UTF-16LE certificate.pem > utf16le.pem
openssl x509 -in certificate.pem -trustout -addtrust clientAuth -out trusted.pem

: > index.txt; echo 02 > crlnumber
printf 'R\t300101000000Z\t200101000000Z,keyCompromise\t1234\tunknown\t/CN=a\n' >> index.txt
printf 'R\t300101000000Z\t200101000000Z\t1235\tunknown\t/CN=b\n' >> index.txt
openssl ca -gencrl -config request.cnf -crlexts list -out list.pem
openssl crl -in list.pem -outform DER -out list.der
openssl ca -gencrl -config request.cnf -crlexts delta -out delta.pem
openssl crl -in delta.pem -outform DER -out delta.der

openssl crl2pkcs7 -nocrl -certfile bundle.pem -out chain.p7b
openssl crl2pkcs7 -nocrl -certfile bundle.pem -outform DER -out chain-der.p7b
openssl crl2pkcs7 -in list.pem -certfile bundle.pem -outform DER -out chain-list-der.p7b
echo bonjour | openssl cms -sign -signer certificate.pem -inkey key.pem -outform DER -nodetach -out signed-der.p7m
echo bonjour | openssl cms -sign -signer certificate.pem -inkey key.pem -outform DER -nodetach -stream -out signed-ber.p7m
echo bonjour | openssl cms -encrypt -outform DER -out enveloped.p7m certificate.pem

p12() { out=$1; shift; openssl pkcs12 -export -in certificate.pem -inkey key.pem -certfile authority.pem -iter 100 -passout pass:azerty "$@" -out "$out"; }
p12 modern.p12 -name Essai
p12 legacy-3des.p12 -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1
p12 certificates-in-clear.p12 -keypbe PBE-SHA1-3DES -certpbe NONE -macalg sha1
p12 no-mac.p12 -nomac
p12 all-in-clear.p12 -keypbe NONE -certpbe NONE -nomac
p12 legacy-rc2.p12 -legacy
openssl pkcs12 -export -in certificate.pem -inkey key.pem -iter 100 -passout pass: -out empty-passphrase.p12
openssl pkcs12 -export -in certificate.pem -inkey key.pem -iter 100 -passout pass:éàü€ -out unicode.p12

keytool -importcert -noprompt -alias chaine -file authority.pem -keystore trust.jks -storetype JKS -storepass azerty
keytool -importkeystore -noprompt -srckeystore modern.p12 -srcstoretype PKCS12 -srcstorepass azerty -destkeystore key.jks -deststoretype JKS -deststorepass azerty -destkeypass azerty
keytool -importkeystore -noprompt -srckeystore modern.p12 -srcstoretype PKCS12 -srcstorepass azerty -destkeystore key.jceks -deststoretype JCEKS -deststorepass azerty -destkeypass azerty
keytool -importcert -noprompt -alias chaine -file authority.pem -keystore trust-java.p12 -storetype PKCS12 -storepass azerty

printf '<!DOCTYPE html><html><head><title>Erreur 403</title></head><body>Session expirée</body></html>\n' > error-page.html
printf 'Return-Path: <a@example>\r\nSubject: Votre certificat\r\n\r\n' | cat - certificate.pem > message.eml
printf 'Bag Attributes\n    friendlyName: a\nKey Attributes: <No Attributes>\n' | cat - key.pem certificate.pem > bag.pem

# Names that would turn the sentence they stand in: direction marks, a bell, a line end, the beginning of a tag.
printf '[req]\nprompt = no\ndistinguished_name = dn\n[dn]\nCN = a\n[leaf]\nsubjectAltName = DNS:a, email:b@c\n' > strange.cnf
strange=$(printf '/C=FR/O=A\342\200\256B\342\201\246C/OU=\342\200\2131750712184\342\200\254/CN=fr.\342\200\256gpj.exe\007\n<b>x')
openssl req -new -utf8 -key key.pem -config strange.cnf -subj "$strange" -outform DER -out request-strange-name.der
openssl req -x509 -utf8 -key key.pem -config strange.cnf -extensions leaf -subj "$strange" -days 1000 -outform DER -out certificate-strange-name.der
openssl x509 -in certificate-strange-name.der -out strange.pem
openssl pkcs12 -export -in strange.pem -inkey key.pem -iter 100 -passout pass:azerty -name "$(printf 'a\342\200\256b\nc')" -out modern-strange-name.p12
printf '<html><head><title>a\342\200\256b\007 c</title></head></html>' > error-page-strange.html
rm -f strange.cnf strange.pem

rm -f request.cnf index.txt* crlnumber* authority.key
